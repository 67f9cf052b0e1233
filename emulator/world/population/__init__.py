"""The population of a world: recipe + seed + epoch -> cast, as plain data."""

from emulator.world.population.access import ConnectedAccount, ConnectedUser
from emulator.world.population.audience import Audience
from emulator.world.population.cast import Creator, Location, Media, Post, Profile
from emulator.world.population.engagement import Engagement
from emulator.world.population.fields import Shop
from emulator.world.population.market import AdditionalField, Brand, Campaign, Folder, Participant
from emulator.world.population.platforms import PlatformName
from emulator.world.population.population import Cast, populate
from emulator.world.population.recipe import (
    INLINE,
    Problem,
    Recipe,
    RecipeError,
    load_recipe,
    packed,
    read_recipe,
    recipe_content,
    recipe_names,
    recipe_of,
    recipe_path,
    unpacked,
)

__all__ = [
    "INLINE",
    "AdditionalField",
    "Audience",
    "Brand",
    "Campaign",
    "Cast",
    "ConnectedAccount",
    "ConnectedUser",
    "Creator",
    "Engagement",
    "Folder",
    "Location",
    "Media",
    "Participant",
    "PlatformName",
    "Post",
    "Problem",
    "Profile",
    "Recipe",
    "RecipeError",
    "Shop",
    "load_recipe",
    "packed",
    "populate",
    "read_recipe",
    "recipe_content",
    "recipe_names",
    "recipe_of",
    "recipe_path",
    "unpacked",
]
