ALTER TABLE `photos` ADD `crop_of` text REFERENCES photos(id) ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE `photos` ADD `crop_x` real;--> statement-breakpoint
ALTER TABLE `photos` ADD `crop_y` real;--> statement-breakpoint
ALTER TABLE `photos` ADD `crop_size` real;--> statement-breakpoint
ALTER TABLE `photos` ADD `taken_at` integer;--> statement-breakpoint
ALTER TABLE `photos` ADD `stand_in` text;--> statement-breakpoint
CREATE INDEX `photos_listed` ON `photos` (`user_id`,`created_at`,`id`) WHERE status = 'ready' AND crop_of IS NULL;--> statement-breakpoint
CREATE INDEX `photos_taken` ON `photos` (`user_id`,coalesce(taken_at, created_at),`id`) WHERE status = 'ready' AND crop_of IS NULL;--> statement-breakpoint
CREATE INDEX `photos_crop_of` ON `photos` (`crop_of`) WHERE crop_of IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `photos_crop` ON `photos` (`crop_of`) WHERE crop_of IS NOT NULL AND status = 'ready';