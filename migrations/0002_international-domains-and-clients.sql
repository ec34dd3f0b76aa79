ALTER TABLE `sign_in_codes` ADD `client_hash` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `sign_in_codes_client` ON `sign_in_codes` (`client_hash`,`known`,`created_at`);--> statement-breakpoint
ALTER TABLE `users` ADD `hash_alias` text;--> statement-breakpoint
ALTER TABLE `users` ADD `md5_alias` text;--> statement-breakpoint
CREATE UNIQUE INDEX `users_hash_alias` ON `users` (`hash_alias`) WHERE hash_alias IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `users_md5_alias` ON `users` (`md5_alias`) WHERE md5_alias IS NOT NULL;