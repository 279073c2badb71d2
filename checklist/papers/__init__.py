"""The papers for the visit: the doctor's page, the person's copy, the blank form."""

from checklist.papers.blank import blank_form
from checklist.papers.copy import persons_copy
from checklist.papers.doctor import doctor_page
from checklist.papers.length import about_sides

__all__ = ["about_sides", "blank_form", "doctor_page", "persons_copy"]
