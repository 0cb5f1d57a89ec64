"""`python -m ligafix` is the command `ligafix`."""

from ligafix.cli import main

if __name__ == "__main__":
    main()
