"""Photos, PDFs and text files become lines of text, in a process of its own that may be killed."""
