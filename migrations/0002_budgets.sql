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
