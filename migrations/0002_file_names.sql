ALTER TABLE `photos` ADD `file_name` text;--> statement-breakpoint
CREATE INDEX `photos_user_etag` ON `photos` (`user_id`,`etag`);