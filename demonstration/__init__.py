"""A made-up district of real size: what its offices send, the tally of it, and the proof that hepartner counts the same."""
