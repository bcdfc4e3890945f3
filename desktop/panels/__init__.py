"""One file a panel; a panel says what a person did and moves no other."""
