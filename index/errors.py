"""What went wrong, in words for whoever owns the files."""


def reason(error: Exception) -> str:
    """Gives in a few words why something failed; for an OSError, why the system refused it."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__
