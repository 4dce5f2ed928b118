"""From the lesson to the student and back: nothing in this room knows a model or a right answer."""
