"""Records: YAML files read with positions, validated into typed models, and held in a registry."""
