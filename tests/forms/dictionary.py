"""The field dictionary (statutory child death review forms), read by hand: what each shipped form must ask.

`?` after an id: remembered or filled in, so it must be listed as “to confirm”. Grouped ids are written out.
"""

NOTIFICATION = """
notifier_name notifier_role notifier_agency notifier_email notifier_phone already_notified
child_first_names child_family_name child_other_names nhs_number nhs_number_missing_reason date_of_birth time_of_birth?
date_of_death time_of_death sex? gender_identity_differs? ethnicity? religion? first_language? interpreter_needed?
address postcode alternative_postcode normally_resident_here gp_practice school_setting legal_status
family family.name family.dob family.sex family.relationship family.address_if_different family.parental_responsibility
carer_at_death mother_nhs_number? family_aware_of_cdr? key_worker_name? key_worker_phone? key_worker_email?
sibling_concerns? place_of_death_type place_of_death_name event_place_type event_place_name country? expected
circumstances suspected_stillbirth_at_home professional_attended_birth? gestation_weeks? birth_weight_g?
suspected_cause? mccd_issued mccd_ia mccd_ib mccd_ic mccd_ii coroner_informed coroner_area post_mortem
jar_required jar_criteria jar_lead_name? jar_lead_phone? investigations bereavement_support
professionals professionals.agency_type professionals.name professionals.role professionals.org professionals.email
professionals.phone professionals.send_reporting_form professionals.supplementary ncmd_alert ncmd_alert_reason
"""

REPORTING = """
agency respondent_name respondent_role respondent_email respondent_phone dates_of_contact no_information_held?
mode_of_death resuscitation_attempted events narrative cause_registered? pm_findings? icd10?
birth_weight_g? gestation_weeks? multiplicity? birth_order? gravidity parity maternal_bmi child_height_cm
child_weight_kg antenatal_booking_weeks? maternal_smoking_booking? maternal_smoking_delivery? maternal_vape?
maternal_alcohol? maternal_drugs? conception_assisted? antenatal_complications? feeding? immunisations_up_to_date?
conditions? disability? learning_disability_level? autism? mental_health self_harm_history substance_use_child
medication allergies development? education_status? sen_ehcp? exclusion? attendance? bullying?
cp_plan? cin? looked_after? safeguarding_previous? abuse_history?
parent parent.age? parent.occupation? parent.smoking? parent.alcohol? parent.drugs? parent.physical_health?
parent.mental_health? parent.learning_disability? parent.care_leaver? parent.offending? parent.known_to_police?
domestic_abuse? consanguinity? consanguinity_degree? poverty_deprivation poverty_deprivation_detail access_barriers
immigration_status? recourse_to_public_funds? household_smoking other_deaths_in_family
housing_type? tenure? overcrowding? temporary? homeless? damp_mould? safety_equipment? pets? travel? online_harm?
services_known? last_contact? missed_appointments? access? quality_issues? equipment? transfer? staffing?
communication? escalation? bereavement_support_offered bereavement_support_detail key_worker_provided?
family_questions? family_views? good_practice issues actions_already_taken learning parallel_reports?
child_notes? family_notes? environment_notes? services_notes?
"""

DICTIONARY = {"notification": NOTIFICATION, "reporting": REPORTING}


def asked(form: str) -> set[str]:
    return {name.rstrip("?") for name in DICTIONARY[form].split()}


def to_confirm(form: str) -> set[str]:
    return {name.rstrip("?") for name in DICTIONARY[form].split() if name.endswith("?")}
