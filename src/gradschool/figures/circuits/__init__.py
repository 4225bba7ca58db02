"""Computational graphs: gates and edges, where they stand, how they are drawn, one step at a time."""
