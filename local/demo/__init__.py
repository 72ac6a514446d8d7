"""The main job on the embedded default: a store's life goes through the deployed system."""
