"""Messages to people: invitations, reminders, news of a release. Each is kept, and sent once."""
