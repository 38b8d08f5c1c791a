class Skip(Exception):
    """Why a test cannot be run here."""
