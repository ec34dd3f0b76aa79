CREATE TABLE `album_members` (
	`album_id` text NOT NULL,
	`person_hash` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`album_id`, `person_hash`),
	FOREIGN KEY (`album_id`) REFERENCES `albums`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "album_members_role" CHECK("album_members"."role" IN ('viewer', 'contributor'))
);
--> statement-breakpoint
CREATE INDEX `album_members_person` ON `album_members` (`person_hash`);--> statement-breakpoint
CREATE INDEX `album_members_created` ON `album_members` (`created_at`);--> statement-breakpoint
CREATE TABLE `album_photos` (
	`album_id` text NOT NULL,
	`photo_id` text NOT NULL,
	`added_by` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`album_id`, `photo_id`),
	FOREIGN KEY (`album_id`) REFERENCES `albums`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`added_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `album_photos_photo` ON `album_photos` (`photo_id`);--> statement-breakpoint
CREATE INDEX `album_photos_added_by` ON `album_photos` (`added_by`,`album_id`);--> statement-breakpoint
CREATE TABLE `albums` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`title` text NOT NULL,
	`cover_photo_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`cover_photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `albums_user` ON `albums` (`user_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `albums_cover` ON `albums` (`cover_photo_id`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`user_id` text NOT NULL,
	`person_hash` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`user_id`, `person_hash`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `links` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`photo_id` text,
	`album_id` text,
	`password_hash` text,
	`download` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`album_id`) REFERENCES `albums`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "links_target" CHECK(("links"."photo_id" IS NULL) <> ("links"."album_id" IS NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `links_token_hash_unique` ON `links` (`token_hash`);--> statement-breakpoint
CREATE INDEX `links_photo` ON `links` (`photo_id`,`created_at`) WHERE photo_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `links_album` ON `links` (`album_id`,`created_at`) WHERE album_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `links_expires` ON `links` (`expires_at`);--> statement-breakpoint
CREATE TABLE `photo_shares` (
	`photo_id` text NOT NULL,
	`person_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`photo_id`, `person_hash`),
	FOREIGN KEY (`photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `photo_shares_person` ON `photo_shares` (`person_hash`,`created_at`,`photo_id`);--> statement-breakpoint
CREATE INDEX `photo_shares_created` ON `photo_shares` (`created_at`);--> statement-breakpoint
CREATE TABLE `photo_tags` (
	`photo_id` text NOT NULL,
	`person_hash` text NOT NULL,
	`tagged_by` text NOT NULL,
	`x` real NOT NULL,
	`y` real NOT NULL,
	`width` real NOT NULL,
	`height` real NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	PRIMARY KEY(`photo_id`, `person_hash`),
	FOREIGN KEY (`photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tagged_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "photo_tags_box" CHECK("photo_tags"."x" >= 0 AND "photo_tags"."y" >= 0 AND "photo_tags"."width" > 0 AND "photo_tags"."height" > 0 AND "photo_tags"."x" + "photo_tags"."width" <= 1.000001 AND "photo_tags"."y" + "photo_tags"."height" <= 1.000001)
);
--> statement-breakpoint
CREATE INDEX `photo_tags_person` ON `photo_tags` (`person_hash`,`created_at`,`photo_id`);--> statement-breakpoint
CREATE INDEX `photo_tags_tagged_by` ON `photo_tags` (`tagged_by`);--> statement-breakpoint
CREATE INDEX `photo_tags_created` ON `photo_tags` (`created_at`);