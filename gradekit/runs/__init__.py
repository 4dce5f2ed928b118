"""Where students' code runs: the box, the kernel in it, and nbval as the judge."""
