"""Settings of the documentation site: `sphinx-build -W --keep-going -n docs docs/_build/html`."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

import reportedly  # noqa: E402

project = "reportedly"
author = "the reportedly developers"
# No year and no build date: the same sources give the same pages.
copyright = author
release = version = reportedly.__version__
html_last_updated_fmt = None

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "sphinx_copybutton",
    "sphinx_design",
    "outside",
    "stubs",
]
# README.md is the index of this folder for those who read it in the repository; index.md is that of the site.
exclude_patterns = ["_build", "README.md", "notebooks/README.md", "notebooks/corpus", "**/.ipynb_checkpoints"]
templates_path = ["_templates"]

# Markdown
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# Notebooks are run anew by each build, so that what they show is what the program does.
nb_execution_mode = "force"
nb_execution_timeout = 120
nb_execution_raise_on_error = True
nb_merge_streams = True

# The reference
autosummary_generate = True
autodoc_member_order = "groupwise"
autodoc_typehints = "none"
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False
# Single backquotes in docstrings are code.
default_role = "code"
add_module_names = False
python_use_unqualified_type_names = True
nitpicky = True

# Everything is served from the site itself: it can be read without a network.
html_theme = "pydata_sphinx_theme"
html_title = "reportedly"
# Light or dark as the reader has it.
html_context = {"default_mode": "auto"}
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
# A page without pages below it needs no list of them.
html_sidebars = {"start": []}
html_theme_options = {
    "logo": {"text": "reportedly"},
    "navbar_align": "left",
    "navbar_end": ["theme-switcher"],
    "header_links_before_dropdown": 7,
    "footer_start": ["copyright"],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
    "navigation_with_keys": False,
    "show_toc_level": 2,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
# Prompts and what Python answers are not copied.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_only_copy_prompt_lines = True
