"""The open corpus: invented reports, coded sentence by sentence, that train the encoder."""
