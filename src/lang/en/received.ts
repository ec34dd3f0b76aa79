export default {
  shared: 'Shared with me',
  tagged: 'Photos of me',
  fromOthers: 'From others',
  nothing: 'Nothing yet',
  sharedHint: 'Photos and albums that others share with one of your e\u2011mail addresses appear here.',
  taggedHint: 'Photos in which somebody tags you appear here.',
  albums: 'Albums',
  photos: 'Photos',
  you: 'You',
  removeMe: 'Remove me',
  removeMeFrom: (name: string) => `Remove me: ${name}`,
  removed: 'You are removed from that photo, for good.',
  untagTitle: 'Remove yourself from this photo?',
  untagText:
    'Your tag goes for good: nobody can tag you in this photo again, not even you. If you see the photo only because you are tagged in it, you will not see it any more.',
  stayTagged: 'Stay tagged',
}
