"""What is known of an article beside its text, and what that rests on."""
