"""What a plot of figures over time is made of; the panel shows it, `draw` writes it to a file."""
