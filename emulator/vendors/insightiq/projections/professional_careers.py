"""Careers as the professional section shows them: jobs, companies, education, and when."""

from typing import Any

from emulator.world import ids
from emulator.world.population import Creator
from emulator.world.population.resumes import Company, Education, Job, Period


def logo(kind: str, name: str) -> str:
    return f"https://media.example.com/logos/{ids.hexadecimal(0, kind, name, digits=16)}.png"


def position(job: Job, creator: Creator) -> dict[str, Any]:
    year, month = divmod(job.period.start, 12)
    return {
        "title": job.title,
        "company": job.company.name,
        "description": job.description,
        "location": creator.city,
        "time_period": {"start_date": f"{year:04}-{month + 1:02}-01T00:00:00.000000"},
    }


def job(job: Job, creator: Creator) -> dict[str, Any]:
    return {
        "title": job.title,
        "company": _company(job.company),
        "description": job.description,
        "time_period": _period(job.period),
        "location": place(creator),
    }


def _company(company: Company) -> dict[str, Any]:
    return {
        "name": company.name,
        "industries": [company.industry],
        "logo_url": logo("company", company.name),
        "employee_count": {"min": company.least, "max": company.most},
    }


def education(education: Education) -> dict[str, Any]:
    return {
        "degree": education.degree,
        "field_study": [education.field],
        "grade": education.grade,
        "school": {"name": education.institute, "logo_url": logo("institute", education.institute)},
        "description": None,
        "time_period": _period(education.period),
        "activities": education.activities,
    }


def _period(period: Period) -> dict[str, Any]:
    """`end_date` is null while it lasts (assumed, as missing values are null elsewhere)."""
    return {"start_date": _month(period.start), "end_date": None if period.end is None else _month(period.end)}


def _month(number: int) -> dict[str, int]:
    return {"month": number % 12 + 1, "year": number // 12}


def place(creator: Creator) -> dict[str, str]:
    return {
        "name": f"{creator.city}, {creator.region}, {creator.country_name}",
        "country": creator.country,
        "country_name": creator.country_name,
        "city": creator.city,
        "state": creator.region,
    }
