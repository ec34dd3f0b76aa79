CREATE TABLE `key_renewals` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `key_renewals_user` ON `key_renewals` (`user_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `counts` (
	`day` text NOT NULL,
	`kind` text NOT NULL,
	`who` text NOT NULL,
	`used` integer NOT NULL,
	`told` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`day`, `kind`, `who`)
);
--> statement-breakpoint
CREATE TABLE `day_keys` (
	`day` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `sign_in_codes` ADD `client_hash` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `sign_in_codes_client` ON `sign_in_codes` (`client_hash`,`known`,`created_at`);--> statement-breakpoint
ALTER TABLE `users` ADD `hash_alias` text;--> statement-breakpoint
ALTER TABLE `users` ADD `md5_alias` text;--> statement-breakpoint
CREATE UNIQUE INDEX `users_hash_alias` ON `users` (`hash_alias`) WHERE hash_alias IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `users_md5_alias` ON `users` (`md5_alias`) WHERE md5_alias IS NOT NULL;