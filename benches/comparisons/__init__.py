"""One comparison a file: `comparison(options)` gives the work and who does it."""

#: In the order of the page. The names are those of the files.
ALL = ["claims", "sentences", "figures", "times", "copies", "pages", "search", "frames", "storage"]
