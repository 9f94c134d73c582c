# Makes the files of tests/microdata/golden/ and, computed by base R from the same table, the
# figures that an import of them must give. Needs the packages haven and jsonlite:
#
#   Rscript tools/oracle/microdata.R

library(haven)

folder <- "tests/microdata/golden"
set.seed(20241)
n <- 400

country <- sample(c(1, 2, 3), n, TRUE, c(.5, .35, .15))
sex <- sample(c(1, 2, -9), n, TRUE, c(.48, .5, .02))
age <- sample(18:90, n, TRUE)
weight <- round(exp(rnorm(n, 0, .5)), 4)
trust <- sample(c(1, 2, 3, 4, 8, 9, -1, NA), n, TRUE, c(.2, .3, .2, .1, .08, .04, .03, .05))
scale <- sample(c(1:10, 98), n, TRUE)
drink <- sample(c("t", "c", "w", "", "zz"), n, TRUE, c(.4, .3, .15, .1, .05))

labelTrust <- c("Völlig" = 1, "Eher schon" = 2, "Eher nicht" = 3, "Gar nicht" = 4,
                "Don't know" = 8, "Refused" = 9, "Not asked" = -1)
labelScale <- c("Not at all satisfied" = 1, "Fully satisfied" = 10, "Don't know" = 98)
labelDrink <- c("Tea" = "t", "Coffee" = "c", "Water" = "w", "No answer" = "zz")
labelSex <- c("Male" = 1, "Female" = 2, "Not available" = -9)
labelCountry <- c("Österreich" = 1, "日本" = 2, "Perú" = 3)

spss <- data.frame(id = 1:n)
spss$country <- labelled(country, labelCountry, label = "Country")
spss$sex <- labelled_spss(sex, labelSex, na_range = c(-10, -5), label = "Sex of respondent")
spss$age <- structure(as.numeric(age), label = "Age in years")
spss$wt <- structure(weight, label = "Weight")
spss$trust <- labelled_spss(trust, labelTrust, na_values = c(8, 9), na_range = NULL,
                            label = "Wie sehr vertrauen Sie \"anderen\"?")
spss$satisfaction <- labelled_spss(as.numeric(scale), labelScale, na_range = c(97, 99),
                                   label = "How satisfied are you with your life?")
spss$drink <- labelled_spss(drink, labelDrink, na_values = "zz", label = "Which drink do you like best?")
write_sav(spss, file.path(folder, "tea.sav"), compress = "byte")
write_sav(spss, file.path(folder, "tea.zsav"), compress = "zsav")

# Stata keeps missing values apart by letters.
trustStata <- trust
trustStata[trust %in% 8] <- tagged_na("d")
trustStata[trust %in% 9] <- tagged_na("r")
stata <- data.frame(id = 1:n)
stata$country <- labelled(country, labelCountry, label = "Country")
stata$sex <- labelled(as.integer(sex), c("Male" = 1L, "Female" = 2L, "Not available" = -9L),
                      label = "Sex of respondent")
stata$age <- structure(as.numeric(age), label = "Age in years")
stata$wt <- structure(weight, label = "Weight")
stata$trust <- labelled(trustStata, c("Völlig" = 1, "Eher schon" = 2, "Eher nicht" = 3,
                                      "Gar nicht" = 4, "Don't know" = tagged_na("d"),
                                      "Refused" = tagged_na("r"), "Not asked" = -1),
                        label = "Wie sehr vertrauen Sie \"anderen\"?")
stata$satisfaction <- labelled(as.numeric(scale), labelScale,
                               label = "How satisfied are you with your life?")
stata$drink <- structure(drink, label = "Which drink do you like best?")
write_dta(stata, file.path(folder, "tea.dta"), version = 15)

# Shares of trust by country, weighted.
figures <- function(rows) {
  w <- weight[rows]
  answer <- trust[rows]
  answered <- answer %in% 1:4
  asked <- answered | answer %in% c(8, 9)
  list(distribution = sapply(1:4, function(k) sum(w[answer %in% k]) / sum(w[answered])),
       n = sum(answered),
       dont_know = sum(w[answer %in% 8]) / sum(w[asked]),
       refused = sum(w[answer %in% 9]) / sum(w[asked]))
}
expected <- lapply(setNames(1:3, names(labelCountry)), function(k) figures(country == k))
drinks <- sapply(c("t", "c", "w"), function(k) sum(weight[drink == k])) /
  sum(weight[drink %in% c("t", "c", "w")])
satisfied <- sapply(1:10, function(k) sum(weight[scale == k])) / sum(weight[scale <= 10])
writeLines(jsonlite::toJSON(list(trust = expected, drink = unname(drinks),
                                 satisfaction = satisfied,
                                 respondents = n),
                            digits = NA, auto_unbox = TRUE, pretty = TRUE),
           file.path(folder, "tea.json"))
