CREATE TABLE `invitations` (
	`mailbox` text PRIMARY KEY NOT NULL,
	`sent_at` integer,
	`stopped_at` integer
);
--> statement-breakpoint
CREATE INDEX `invitations_sent` ON `invitations` (`sent_at`) WHERE stopped_at IS NULL;--> statement-breakpoint
CREATE TABLE `server_keys` (
	`name` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL
);
