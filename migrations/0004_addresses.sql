CREATE TABLE `addresses` (
	`hash` text PRIMARY KEY NOT NULL,
	`md5` text NOT NULL,
	`hash_alias` text,
	`md5_alias` text,
	`email` text NOT NULL,
	`user_id` text NOT NULL,
	`is_primary` integer NOT NULL,
	`public_lookup` integer DEFAULT true NOT NULL,
	`follows` integer DEFAULT true NOT NULL,
	`active_photo_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`active_photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `addresses_md5_unique` ON `addresses` (`md5`);--> statement-breakpoint
CREATE UNIQUE INDEX `addresses_email_unique` ON `addresses` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `addresses_hash_alias` ON `addresses` (`hash_alias`) WHERE hash_alias IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `addresses_md5_alias` ON `addresses` (`md5_alias`) WHERE md5_alias IS NOT NULL;--> statement-breakpoint
CREATE INDEX `addresses_user` ON `addresses` (`user_id`,`created_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `addresses_primary` ON `addresses` (`user_id`) WHERE is_primary = 1;--> statement-breakpoint
CREATE INDEX `addresses_active_photo` ON `addresses` (`active_photo_id`);--> statement-breakpoint
INSERT INTO `addresses` (`hash`, `md5`, `hash_alias`, `md5_alias`, `email`, `user_id`, `is_primary`, `public_lookup`, `follows`, `active_photo_id`, `created_at`)
SELECT `hash`, `md5`, `hash_alias`, `md5_alias`, `email`, `id`, 1, `public_lookup`, 1, `active_photo_id`, `created_at` FROM `users`;--> statement-breakpoint
DROP INDEX `users_email_unique`;--> statement-breakpoint
DROP INDEX `users_hash_unique`;--> statement-breakpoint
DROP INDEX `users_md5_unique`;--> statement-breakpoint
DROP INDEX `users_hash_alias`;--> statement-breakpoint
DROP INDEX `users_md5_alias`;--> statement-breakpoint
ALTER TABLE `users` DROP COLUMN `email`;--> statement-breakpoint
ALTER TABLE `users` DROP COLUMN `hash`;--> statement-breakpoint
ALTER TABLE `users` DROP COLUMN `md5`;--> statement-breakpoint
ALTER TABLE `users` DROP COLUMN `hash_alias`;--> statement-breakpoint
ALTER TABLE `users` DROP COLUMN `md5_alias`;--> statement-breakpoint
ALTER TABLE `users` DROP COLUMN `public_lookup`;--> statement-breakpoint
DROP INDEX `sessions_user`;--> statement-breakpoint
ALTER TABLE `sessions` ADD `id` text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE `sessions` SET `id` = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)));--> statement-breakpoint
ALTER TABLE `sessions` ADD `browser` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_id` ON `sessions` (`id`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`,`expires_at`);--> statement-breakpoint
ALTER TABLE `api_tokens` ADD `last_used_at` integer;--> statement-breakpoint
ALTER TABLE `sign_in_codes` ADD `purpose` text DEFAULT 'sign-in' NOT NULL;--> statement-breakpoint
ALTER TABLE `sign_in_codes` ADD `user_id` text REFERENCES `users`(`id`) ON DELETE set null;--> statement-breakpoint
CREATE INDEX `sign_in_codes_user` ON `sign_in_codes` (`user_id`) WHERE user_id IS NOT NULL;