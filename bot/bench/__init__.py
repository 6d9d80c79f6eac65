"""The project's own figures, as ratios from one run: the whole path against a bare echo, or Tesseract."""
