"""The lesson server (Voilà with a page of our own), and starting and stopping everything."""
