"""What a browser shows: the report and the explorer, in headless Chromium."""
