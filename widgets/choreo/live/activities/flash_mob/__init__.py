"""Flash mob."""
