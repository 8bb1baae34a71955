"""What a learner has done, and what follows from it: pure functions over entries."""
