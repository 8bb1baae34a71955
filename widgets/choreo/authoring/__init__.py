"""The command line, for people who run or write the course."""
