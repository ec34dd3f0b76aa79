CREATE TABLE `api_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_tokens_token_hash_unique` ON `api_tokens` (`token_hash`);--> statement-breakpoint
CREATE INDEX `api_tokens_user` ON `api_tokens` (`user_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `known_browsers` (
	`browser_hash` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `known_browsers_user` ON `known_browsers` (`user_id`);--> statement-breakpoint
CREATE INDEX `known_browsers_expires` ON `known_browsers` (`expires_at`);--> statement-breakpoint
CREATE TABLE `photos` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`status` text DEFAULT 'pending' NOT NULL,
	`content_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer,
	`height` integer,
	`etag` text,
	`transparent` integer DEFAULT false NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`rating` text DEFAULT 'g' NOT NULL,
	`alt_text` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "photos_status" CHECK("photos"."status" IN ('pending', 'ready')),
	CONSTRAINT "photos_rating" CHECK("photos"."rating" IN ('g', 'pg', 'r', 'x')),
	CONSTRAINT "photos_ready" CHECK("photos"."status" = 'pending' OR ("photos"."width" > 0 AND "photos"."height" > 0 AND "photos"."etag" IS NOT NULL))
);
--> statement-breakpoint
CREATE INDEX `photos_user_created` ON `photos` (`user_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `photos_pending` ON `photos` (`created_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_expires` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sign_in_codes` (
	`browser_hash` text PRIMARY KEY NOT NULL,
	`email` text,
	`email_hash` text NOT NULL,
	`code_hmac` text NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`known` integer DEFAULT false NOT NULL,
	`used_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_in_codes_email` ON `sign_in_codes` (`email_hash`,`known`,`created_at`);--> statement-breakpoint
CREATE INDEX `sign_in_codes_created` ON `sign_in_codes` (`created_at`);--> statement-breakpoint
CREATE TABLE `upload_grants` (
	`photo_id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `upload_grants_user` ON `upload_grants` (`user_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`hash` text NOT NULL,
	`md5` text NOT NULL,
	`display_name` text DEFAULT '' NOT NULL,
	`active_photo_id` text,
	`public_key` text NOT NULL,
	`public_lookup` integer DEFAULT true NOT NULL,
	`inbox_opened_seq` integer DEFAULT 0 NOT NULL,
	`tag_policy` text DEFAULT 'anyone' NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`active_photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "users_tag_policy" CHECK("users"."tag_policy" IN ('anyone', 'nobody'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_hash_unique` ON `users` (`hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_md5_unique` ON `users` (`md5`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_public_key_unique` ON `users` (`public_key`);--> statement-breakpoint
CREATE INDEX `users_active_photo` ON `users` (`active_photo_id`);