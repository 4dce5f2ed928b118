"""What was handed in: from an untrusted folder to students and their answers."""
