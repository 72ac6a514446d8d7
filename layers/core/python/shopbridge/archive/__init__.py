"""Every raw delivery as gzip JSON lines in S3, by store and date; what replay reads."""
