"""What `choreo check` looks at: the exercises' files, course.yaml, notebooks and explorables; every fault at once."""
