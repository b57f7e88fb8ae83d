"""Training, measuring and export of the encoder."""
