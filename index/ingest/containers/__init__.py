"""Files that hold other files: archives, mails and mailboxes, web archives."""
