"""The shell of the merchant's page, and what each of its pages shows of a store."""
