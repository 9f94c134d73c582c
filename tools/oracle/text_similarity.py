"""Cosines between questions by scikit-learn's TF-IDF: tests/text/golden/text_similarity.json."""

import json
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

TEXTS = [
    "How important is family in your life?",
    "How important is work in your life?",
    "Do you trust the police? The police, that is, and not the courts.",
    "do you trust THE courts",
    "您信任警察吗？",
    "警察和法院",
    "Tea",
]
ASKED = [
    "How important is religion in your life?",
    "Trust in the police",
    "您信任法院吗？",
    "coffee",
    "tea, tea and tea",
]


def words(text):
    """Lower-case words between spaces and punctuation; a Chinese character is one."""
    spaced = ""
    for character in text.lower():
        if "\u4e00" <= character <= "\u9fff":
            spaced += f" {character} "
        else:
            spaced += character if character.isalnum() else " "
    return spaced.split()


def main():
    vectorizer = TfidfVectorizer(analyzer=words, sublinear_tf=True, smooth_idf=True)
    known = vectorizer.fit_transform(TEXTS)
    golden = {
        "texts": TEXTS,
        "asked": ASKED,
        "similarities": cosine_similarity(vectorizer.transform(ASKED), known).tolist(),
    }
    path = Path(__file__).resolve().parents[2] / "tests/text/golden/text_similarity.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
