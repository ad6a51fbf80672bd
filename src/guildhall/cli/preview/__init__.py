"""The live preview: builds what changed, and reloads the pages that changed with it."""
