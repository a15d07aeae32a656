"""The dossier as pages: made on the server, read in a browser, or written into one file."""
