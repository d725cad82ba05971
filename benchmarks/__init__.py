"""What ``make bench`` runs: the server against floors that are measured in the same run."""
