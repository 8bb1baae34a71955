"""Published simulations: numpy and the standard library only, no drawing, no input or output."""
