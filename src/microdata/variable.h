#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// One value of one respondent. The text belongs to the reader and lasts until its next record.
//
// Whether a value is a number does not depend on how a file stores it: 1, "1", " 1" and "1.0" are
// one value. "01" is a number too, where a number is needed, but as a code it may be another one
// than 1: it keeps its spelling. CodeTable (microdata/code_table.h) says when the two are one code.
struct Value {
  enum class Kind { missing, number, text };

  Kind kind = Kind::missing;
  double number = 0.0;    // of a number
  std::string_view text;  // of a text; of a number its spelling, or empty for the ordinary one; of
                          // a missing value its code: "" (an empty cell, SPSS's system missing,
                          // Stata's "."), or ".a" to ".z"
};

// Of a text, without the blanks around it: a number if all of it is one (decimal point, optional
// sign and exponent; no infinity), missing if it is empty, else text. "-1", "0.5", "+1" and "1.00"
// are ordinary spellings; "01", "1.50", "1e3" and more than 15 digits are not.
Value valueOf(std::string_view text);
// Of a number that a file stores as one. One that is not a number is missing; an infinite one is
// the text "inf" or "-inf", which is nobody's code.
Value valueOf(double number);

// The value as a mapping writes it: "1", "-1.5", "01", "north", "" or ".a".
std::string codeText(const Value& value);
// A number as a mapping writes it: as few digits as give the same double.
std::string numberText(double number);

struct ValueLabel {
  std::string code;  // as codeText
  std::string label;

  bool operator==(const ValueLabel&) const = default;
};

// The numbers from `low` to `high`, both included.
struct NumberRange {
  double low = 0.0;
  double high = 0.0;

  bool operator==(const NumberRange&) const = default;
};

// The level of measurement that a file gives a variable, as a hint: few files get it right.
enum class Measure { unknown, nominal, ordinal, scale };

// A column of a file of respondents, as the file itself describes it.
struct Variable {
  std::string name;
  std::string label;                       // empty if the format has none
  std::vector<ValueLabel> valueLabels;     // in the file's order
  std::vector<NumberRange> missingRanges;  // missing by the file's own rules
  std::vector<std::string> missingTexts;   // the same, of a text variable, as codeText
  bool isText = false;
  bool isFileWeight = false;  // the file weighs its records by it
  Measure measure = Measure::unknown;

  bool isUserMissing(const Value& value) const;
  // Of the code, or of the only one that is the same number. Empty if it has no label.
  std::string labelOf(std::string_view code) const;
};

}  // namespace canvass
