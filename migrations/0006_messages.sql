CREATE TABLE `blocks` (
	`user_id` text NOT NULL,
	`person_hash` text NOT NULL,
	PRIMARY KEY(`user_id`, `person_hash`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `conversations` (
	`recipient_hash` text NOT NULL,
	`sender_hash` text NOT NULL,
	`sender_id` text NOT NULL,
	`last_seq` integer NOT NULL,
	`last_message_at` integer NOT NULL,
	PRIMARY KEY(`recipient_hash`, `sender_hash`),
	FOREIGN KEY (`sender_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `conversations_recipient` ON `conversations` (`recipient_hash`,`last_seq`);--> statement-breakpoint
CREATE INDEX `conversations_sender` ON `conversations` (`sender_hash`,`last_seq`);--> statement-breakpoint
CREATE INDEX `conversations_sender_id` ON `conversations` (`sender_id`);--> statement-breakpoint
CREATE INDEX `conversations_last` ON `conversations` (`last_message_at`);--> statement-breakpoint
CREATE TABLE `message_keys` (
	`sender_id` text NOT NULL,
	`key_hash` text NOT NULL,
	`body_hash` text NOT NULL,
	`message_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`sender_id`, `key_hash`),
	FOREIGN KEY (`sender_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `message_keys_created` ON `message_keys` (`created_at`);--> statement-breakpoint
CREATE TABLE `messages` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`recipient_hash` text NOT NULL,
	`sender_hash` text NOT NULL,
	`sender_id` text NOT NULL,
	`kind` text NOT NULL,
	`photo_id` text,
	`album_id` text,
	`text` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`sender_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`album_id`) REFERENCES `albums`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "messages_kind" CHECK("messages"."kind" IN ('message', 'share', 'tag', 'album'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_id_unique` ON `messages` (`id`);--> statement-breakpoint
CREATE INDEX `messages_thread` ON `messages` (`recipient_hash`,`sender_hash`,`seq`);--> statement-breakpoint
CREATE INDEX `messages_sender` ON `messages` (`sender_id`,`created_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `messages_tag` ON `messages` (`recipient_hash`,`photo_id`) WHERE kind = 'tag';--> statement-breakpoint
CREATE INDEX `messages_tags_of` ON `messages` (`recipient_hash`,`sender_id`,`created_at`) WHERE kind = 'tag';--> statement-breakpoint
CREATE INDEX `messages_photo` ON `messages` (`photo_id`) WHERE photo_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `messages_album` ON `messages` (`album_id`) WHERE album_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `messages_created` ON `messages` (`created_at`);